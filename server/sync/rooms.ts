import { formatDocName, type DocName } from '../../board/doc-name.ts';
import type { DocumentId } from '../../domain/ids.ts';
import { Room, type RoomSurroundings } from './room.ts';

/** The documents in the air, by name: whoever asks for the same one gets the same room, and shares its one load. */
export class Rooms {
	readonly #rooms = new Map<string, Room>();
	readonly #around: RoomSurroundings;

	constructor(around: Omit<RoomSurroundings, 'gone'>) {
		this.#around = { ...around, gone: (room) => this.#forget(room) };
	}

	open(name: DocName, documentId: DocumentId): Room {
		const key = formatDocName(name);
		const known = this.#rooms.get(key);
		if (known) return known;
		const room = new Room(name, documentId, this.#around);
		this.#rooms.set(key, room);
		return room;
	}

	[Symbol.iterator](): IterableIterator<Room> {
		return this.#rooms.values();
	}

	get size(): number {
		return this.#rooms.size;
	}

	#forget(room: Room): void {
		const key = formatDocName(room.name);
		if (this.#rooms.get(key) === room) this.#rooms.delete(key);
	}
}
