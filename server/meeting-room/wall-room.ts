/** Screens on walls: each is pushed its whole picture whenever something it shows may have changed, and can ask for nothing. */
import type { Namespace, Server, Socket } from 'socket.io';
import { UNKNOWN_SCREEN, WALL_NAMESPACE, type ServerToWall, type WallToServer } from '../../board/wall-events.ts';
import { BAD_ORIGIN } from '../../board/room-words.ts';
import type { CaseId, MeetingId, WallScreenId } from '../../domain/ids.ts';
import { headersOf } from '../auth/admission.ts';
import { isFromOurPages } from '../auth/origin.ts';
import { screenSecret } from '../auth/screen-cookie.ts';
import type { Announcement } from '../commands/announcement.ts';
import { hashScreenSecret } from '../commands/wall/wall.ts';
import type { WallPictures } from '../queries/wall/wall-pictures.ts';

/** What the room knows of one screen. */
interface ScreenData {
	readonly screenId: WallScreenId;
	meetingId: MeetingId | undefined;
	caseId: CaseId | undefined;
	/** A picture is being composed; what happens meanwhile is in the next one. */
	isComposing: boolean;
	isStale: boolean;
}

type NoEvents = Record<string, never>;
type WallNamespace = Namespace<WallToServer, ServerToWall, NoEvents, ScreenData>;
type WallSocket = Socket<WallToServer, ServerToWall, NoEvents, ScreenData>;

export interface WallRoomDeps {
	readonly walls: WallPictures;
	readonly trustedOrigins: readonly string[];
	readonly onFailure: (error: unknown) => void;
}

export class WallRoom {
	readonly #namespace: WallNamespace;
	readonly #deps: WallRoomDeps;
	readonly #painting = new Set<Promise<void>>();

	constructor(io: Pick<Server, 'of'>, deps: WallRoomDeps) {
		// One server, two vocabularies: socket.io types its namespaces as the server, so this one's are said here.
		const namespace = io.of(WALL_NAMESPACE) as unknown as WallNamespace;
		this.#namespace = namespace;
		this.#deps = deps;
		namespace.use((socket, next) => void this.#admit(socket).then(() => next(), next));
		namespace.on('connection', (socket) => this.#welcome(socket));
	}

	announce(announcement: Announcement): void {
		this.#repaint((data) => isAbout(announcement, data));
	}

	/** Rights changed, or time went by: an approval may be over. */
	lookAgain(): void {
		this.#repaint(() => true);
	}

	/** Resolves when no picture is being composed any more: the database may go then. */
	async settle(): Promise<void> {
		await Promise.all(this.#painting);
	}

	#welcome(socket: WallSocket): void {
		socket.on('stillThere', (answer) => {
			if (typeof answer === 'function') answer();
		});
		this.#begin(socket);
	}

	#repaint(which: (data: ScreenData) => boolean): void {
		for (const socket of this.#namespace.sockets.values()) if (which(socket.data)) this.#begin(socket);
	}

	#begin(socket: WallSocket): void {
		const painting = this.#paint(socket).finally(() => this.#painting.delete(painting));
		this.#painting.add(painting);
	}

	/** A picture that cannot be composed is none: the screen is let go, draws its curtain and comes back. */
	async #paint(socket: WallSocket): Promise<void> {
		const { data } = socket;
		data.isStale = true;
		if (data.isComposing) return;
		data.isComposing = true;
		try {
			while (data.isStale && socket.connected) {
				data.isStale = false;
				const { frame, meetingId, caseId } = await this.#deps.walls.compose(data.screenId);
				data.meetingId = meetingId;
				data.caseId = caseId;
				if (!data.isStale) socket.emit('wallShows', frame);
			}
		} catch (error) {
			this.#deps.onFailure(error);
			socket.disconnect(true);
		} finally {
			data.isComposing = false;
		}
	}

	/** @throws {Error} with a word for `connect_error` */
	async #admit(socket: WallSocket): Promise<void> {
		const headers = headersOf(socket.handshake.headers);
		if (!isFromOurPages(headers, this.#deps.trustedOrigins)) throw new Error(BAD_ORIGIN);
		const secret = screenSecret(headers);
		const screenId = secret ? await this.#deps.walls.find(hashScreenSecret(secret)) : undefined;
		if (!screenId) throw new Error(UNKNOWN_SCREEN);
		socket.data = { screenId, meetingId: undefined, caseId: undefined, isComposing: false, isStale: false };
	}
}

/** A meeting or screen by its own announcement, a citizen by whatever happens in their case. */
function isAbout(announcement: Announcement, { screenId, meetingId, caseId }: ScreenData): boolean {
	if (announcement.kind === 'wall') return announcement.screenId === screenId;
	if (announcement.kind === 'meeting') return announcement.meetingId === meetingId;
	return 'caseId' in announcement && announcement.caseId === caseId;
}
