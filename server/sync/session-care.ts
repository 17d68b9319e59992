import { acknowledge } from './delivery.ts';
import { hasTimedOut, needsKeepAlive, type Session } from './session.ts';
import { judgeBehind } from './slow-reader.ts';

/** What the clock asks of a session; the small things are done here. */
export function careFor(session: Session, nowMs: number): 'fine' | 'resync' | 'too-slow' | 'dead' {
	if (session.state.phase === 'behind') {
		switch (judgeBehind(session.state.behind, session.socket.bufferedAmount, nowMs)) {
			case 'resync':
				session.lastHeardMs = nowMs; // it was not pinged while it was behind; draining is an answer too
				return 'resync';
			case 'give-up':
				return 'too-slow';
			case 'wait':
				return 'fine';
		}
	}
	if (!session.isPaused && hasTimedOut(session, nowMs)) return 'dead';
	if (needsKeepAlive(session, nowMs)) {
		acknowledge(session, nowMs);
		session.socket.ping();
	}
	return 'fine';
}
