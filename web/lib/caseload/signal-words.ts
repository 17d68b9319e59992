import type { AttentionSignal } from '../../../domain/caseload/attention.ts';
import type { TrackType } from '../../../domain/programme/template.ts';
import { unreachable } from '../../../domain/result.ts';
import type { Texts } from '../i18n/texts.svelte.ts';

/** Two tracks are named; of more the number is said. */
const NAMED_TRACKS = 2;

/** What waits on the team, as a sentence. */
export function signalWords(signal: AttentionSignal, texts: Texts, typeOf: (id: string) => TrackType | undefined): string {
	const { t, format } = texts;
	const tracks = (ids: readonly string[], begins = true): string => {
		const names = ids.map((id) => typeOf(id)?.label[texts.language] ?? id);
		return format.list(names.map((name, index) => (begins && index === 0 ? name : lowered(name))));
	};
	switch (signal.code) {
		case 'silence': {
			const { trackTypes, weeks } = signal;
			if (trackTypes.length > NAMED_TRACKS) return t('caseload.signal.silence.many', { count: weeks, tracks: trackTypes.length });
			const form = trackTypes.length === 1 ? 'one' : 'some';
			return t(`caseload.signal.silence.${form}`, { count: weeks, tracks: tracks(trackTypes) });
		}
		case 'no-job-track':
			return t('caseload.signal.no-job-track', { week: format.week(signal.since) });
		case 'attendance-fell':
			return t('caseload.signal.attendance-fell', { from: signal.from, to: signal.to });
		case 'unchanged':
			return t('caseload.signal.unchanged', { count: signal.weeks });
		case 'overdue':
			return t('caseload.signal.overdue', { count: signal.count });
		case 'contested':
			return t('caseload.signal.contested', { count: signal.count });
		case 'raised':
			return t('caseload.signal.raised', { tracks: tracks(signal.trackTypes, false) });
		case 'placement-ends':
			return t('caseload.signal.placement-ends', { day: format.shortDay(signal.day) });
		case 'access-ends':
			return t('caseload.signal.access-ends', { day: format.shortDay(signal.day), count: signal.count });
		default:
			return unreachable(signal);
	}
}

function lowered(name: string): string {
	return name.charAt(0).toLocaleLowerCase('da') + name.slice(1);
}
