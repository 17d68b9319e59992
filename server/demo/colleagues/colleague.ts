import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../../../board/new-id.ts';
import type { ClientToServer, ServerToClient } from '../../../board/room-events.ts';
import type { CaseId, DraftId, MeetingId } from '../../../domain/ids.ts';
import { weekOf } from '../../../domain/iso-week.ts';
import type { CastMember } from '../cast.ts';
import { Chance } from '../chance.ts';
import texts from '../texts.json' with { type: 'json' };
import { workInMeeting, workOnBoard } from './acts.ts';
import { Connection, Refused } from './connection.ts';

interface RunningMeeting {
	readonly id: MeetingId;
	readonly phase: string;
}

/** Between two things a person does. */
const REST_MS = { least: 2_000, most: 7_000 } as const;
const OBSERVATION_SHARE = 0.12;

/** Somebody of the demo's cast who signs in, works on the boards they read and sits in the team's meeting when it is on. */
export class Colleague {
	readonly #member: CastMember;
	readonly #address: string;
	readonly #chance: Chance;
	readonly #tell: (failure: string) => void;
	#room: Socket<ServerToClient, ClientToServer> | undefined;
	#seat: MeetingId | undefined;
	/** Where the meeting is, for this colleague. */
	#meetingAt: CaseId | null = null;

	constructor(member: CastMember, address: string, tell: (failure: string) => void) {
		this.#member = member;
		this.#address = address;
		this.#chance = new Chance(member.account);
		this.#tell = tell;
	}

	/** Works until it is told to stop; what the product refuses once is tried differently the next time. */
	async work(origin: string, stop: AbortSignal): Promise<void> {
		const connection = await Connection.signIn(origin, this.#address);
		this.#enterRoom(connection);
		stop.addEventListener('abort', () => this.#room?.disconnect());
		while (!stop.aborted) {
			try {
				await this.#doOneThing(connection);
			} catch (error) {
				if (!(error instanceof Refused)) throw error;
				this.#tell(error.message);
			}
			await pause(this.#chance.between(REST_MS.least, REST_MS.most), undefined, { signal: stop }).catch(() => undefined);
		}
	}

	#enterRoom({ origin, cookie, personId }: Connection): void {
		const room: Socket<ServerToClient, ClientToServer> = io(origin, {
			transports: ['websocket'],
			extraHeaders: { cookie },
			auth: { person: personId },
		});
		this.#room = room;
		room.on('connect', () => this.#sit());
		room.on('meetingChanged', ({ meetingId, caseId }) => {
			if (meetingId === this.#seat) this.#meetingAt = caseId;
		});
	}

	#sit(): void {
		if (this.#seat) this.#room?.emit('joinMeeting', { meetingId: this.#seat }, () => undefined);
	}

	async #doOneThing(connection: Connection): Promise<void> {
		const inMeeting = await this.#attend(connection);
		const caseId = (inMeeting ? this.#meetingAt : null) ?? (await this.#someCase(connection));
		if (!caseId) return;
		const { documents } = await connection.ask<{ documents: { compartment: string; name: string; access: string }[] }>(
			`/cases/${caseId}`,
		);
		const plan = documents.find(({ compartment, access }) => compartment === 'team' && access === 'write');
		if (!plan) return;
		if (this.#chance.happens(OBSERVATION_SHARE)) return this.#share(connection, caseId);
		await connection.write(plan.name, (doc, by) => {
			const desk = { doc, by, week: weekOf(new Date()), chance: this.#chance, words: texts.lines };
			return inMeeting ? workInMeeting(desk) : workOnBoard(desk);
		});
	}

	/** Takes a seat when the team's meeting is on. True while it is. */
	async #attend(connection: Connection): Promise<boolean> {
		const { running } = await connection.ask<{ running: RunningMeeting[] }>('/meetings');
		const open = running.find(({ phase }) => phase === 'open');
		if (open?.id !== this.#seat) {
			this.#seat = open?.id;
			this.#meetingAt = null;
			this.#sit();
		}
		return open !== undefined;
	}

	async #someCase(connection: Connection): Promise<CaseId | undefined> {
		const { cases } = await connection.ask<{ cases: { id: CaseId; closed: boolean }[] }>('/cases');
		const open = cases.filter(({ closed }) => !closed);
		return open.length > 0 ? this.#chance.oneOf(open).id : undefined;
	}

	async #share(connection: Connection, caseId: CaseId): Promise<void> {
		const said = (texts.observations as Record<string, string[][]>)[this.#member.profession];
		const [kind, text] = said ? this.#chance.oneOf(said) : [];
		if (!kind || !text || text.includes('{')) return; // a sentence about somebody in particular
		await connection.ask(`/cases/${caseId}/observations`, { draftId: newId<DraftId>(), kind, compartment: 'team', text });
	}
}
