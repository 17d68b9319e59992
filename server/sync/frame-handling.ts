import { CLOSE, type CloseCode } from '../../board/close-codes.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { BoardReplica } from './board-replica.ts';
import type { Flight } from './flight.ts';
import type { Waiting } from './inbox.ts';
import { MAX_NEW_CLIENTS_PER_SESSION, MAX_UNANSWERED_GAPS } from './limits.ts';
import { NOT_ASKED, type Session } from './session.ts';

/** What became of a frame; `spoilt` means the replica must be thrown away and loaded again. */
export type Handled =
	{ readonly kind: 'handled' } | { readonly kind: 'refused'; readonly reason: string; readonly spoilt: boolean };

const HANDLED: Handled = { kind: 'handled' };

/** Who is here under a client id and may be about to write under it for the first time. */
export type HolderOf = (clientId: number) => PersonId | undefined;

/** Takes one frame into a flight. Only the replica and the flight change here; nothing is sent but a refusal's close. */
export function handleFrame(item: Waiting, replica: BoardReplica, flight: Flight, holderOf: HolderOf): Handled {
	switch (item.frame.type) {
		case 'step-1':
		case 'resync':
			flight.answers.push(item);
			flight.items.push(item);
			return HANDLED;
		case 'step-2':
		case 'update':
			return item.session.access === 'write'
				? handleWrite(item, item.frame.update, replica, flight, holderOf)
				: handleReadersWrite(item, item.frame.update, replica, flight);
		default:
			throw new Error('unknown frame'); // parseFrame makes no others
	}
}

function handleWrite(item: Waiting, update: Uint8Array, replica: BoardReplica, flight: Flight, holderOf: HolderOf): Handled {
	const { session } = item;
	const applied = replica.apply(update, session.who, item.receivedMs);
	if (applied.kind === 'refused') return refuse(session, applied.code, applied.spoilt);
	flight.items.push(item);
	if (applied.kind === 'gap') return handleGap(item, flight);
	if (answersGap(item)) session.gap = undefined;
	if (applied.kind === 'nothing-new') return HANDLED;
	if (applied.newClients.some((client) => (holderOf(client) ?? session.who.personId) !== session.who.personId))
		return refuse(session, 'foreign-client', true);
	session.newClients += applied.newClients.length;
	if (session.newClients > MAX_NEW_CLIENTS_PER_SESSION) return refuse(session, 'too-many-clients', true);
	flight.authors.add(session);
	flight.updates.push({
		bytes: applied.added,
		personId: session.who.personId,
		sessionId: session.who.sessionId,
		receivedAt: new Date(item.receivedMs),
		massDeletion: applied.massDeletion,
	});
	for (const clientId of applied.newClients) flight.newClients.push({ clientId, personId: session.who.personId });
	return HANDLED;
}

function refuse(session: Session, reason: string, spoilt: boolean): Handled {
	session.close(closeCodeOf(reason));
	return { kind: 'refused', reason, spoilt };
}

/** @param reason why an update was refused */
export function closeCodeOf(reason: string): CloseCode {
	return reason === 'too-costly' ? CLOSE.tooLarge : CLOSE.badFrame;
}

/** The frame waits for what is missing before it: the session's step 2 that answers our next, or outstanding, step 1. */
function handleGap(item: Waiting, flight: Flight): Handled {
	const { session } = item;
	const asked = (session.gap?.asked ?? 0) + (answersGap(item) ? 1 : 0);
	if (asked >= MAX_UNANSWERED_GAPS) return refuse(session, 'gaps', false);
	if (!session.gap || session.gap.answer === NOT_ASKED || answersGap(item)) {
		session.gap = { answer: NOT_ASKED, asked };
		flight.gaps.add(session);
	}
	return HANDLED;
}

function answersGap(item: Waiting): boolean {
	return item.frame.type === 'step-2' && item.session.gap !== undefined && item.step2 >= item.session.gap.answer;
}

/**
 * A reader answers our step 1 with a step 2 that changes nothing: ignored. Anything else from a read-only session ends
 * it, or it would come back when rights return. Source: y-protocols PROTOCOL.md, "Handling read-only users".
 */
function handleReadersWrite(item: Waiting, update: Uint8Array, replica: BoardReplica, flight: Flight): Handled {
	if (replica.weigh(update, item.session.who.personId).kind === 'nothing-new') {
		flight.items.push(item);
		return HANDLED;
	}
	item.session.close(CLOSE.rightsNarrowed);
	return { kind: 'refused', reason: 'read-only', spoilt: false };
}
