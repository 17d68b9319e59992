import type { CaseChanged, RightsChanged } from '../../../board/room-events.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { RoomSocket } from './room-socket.ts';
import { isRecord, ServerLine, type ServerLineOptions } from './server-line.ts';

export interface RoomLineOptions extends Omit<ServerLineOptions, 'onconnect' | 'ondisconnect'> {
	readonly caseId: CaseId;
	readonly onchanged: (change: CaseChanged) => void;
	readonly onrights: (change: RightsChanged) => void;
	/** Heard again after a gap: whatever was announced meanwhile was missed. */
	readonly onmissed: () => void;
}

const ASK_AGAIN_MS = 2_000;

/** A board's line to the meeting room: announcements about its case, changed rights, and whether the server answers at all. */
export class RoomLine {
	readonly #options: RoomLineOptions;
	readonly #line: ServerLine;
	#opened = false;
	#askAgain: ReturnType<typeof setTimeout> | undefined;

	constructor(options: RoomLineOptions) {
		this.#options = options;
		this.#line = new ServerLine({
			...options,
			onconnect: () => this.#open(),
			ondisconnect: () => clearTimeout(this.#askAgain),
		});
		const { socket } = this.#line;
		socket.on('caseChanged', (change) => {
			if (isRecord(change) && change.caseId === options.caseId) options.onchanged(change);
		});
		socket.on('rightsChanged', (change) => {
			if (isRecord(change) && change.caseId === options.caseId) options.onrights(change);
		});
	}

	/** For whatever else of the page travels on the same line. */
	get socket(): RoomSocket {
		return this.#line.socket;
	}

	/** Also starts again after `stop`. */
	start(): void {
		this.#line.start();
	}

	stop(): void {
		this.#line.stop();
	}

	retry(): void {
		this.#line.retry();
	}

	#open(): void {
		this.#line.socket.emit('openCase', { caseId: this.#options.caseId }, (answer) => {
			if (answer === 'not-found') this.#options.onrights({ caseId: this.#options.caseId, access: 'none' });
			else if (answer === 'try-later') this.#askAgain = setTimeout(() => this.#open(), ASK_AGAIN_MS);
			else {
				if (this.#opened) this.#options.onmissed();
				this.#opened = true;
			}
		});
	}
}
