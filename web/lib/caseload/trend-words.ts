import type { CasePlan } from '../../../server/api/case-board.ts';
import type { Texts } from '../i18n/texts.svelte.ts';

/** What the sparkline tells to who does not see it; a week nobody counted is said, never passed over. */
export function trendSentence(attendance: CasePlan['attendance'], { t }: Texts): string {
	const counted = attendance.filter((week) => week !== null);
	const [first, last] = [counted[0], counted.at(-1)];
	if (!first || !last) return t('caseload.trend.none');
	const share = ({ came, planned }: { came: number; planned: number }) => t('caseload.trend.share', { came, planned });
	const silent = attendance.length - counted.length;
	const gaps = [
		silent > 0 ? t('caseload.trend.gaps', { count: silent }) : '',
		attendance.at(-1) === null ? t('caseload.trend.silentNow') : '',
	];
	return t('caseload.trend.sentence', { first: share(first), last: share(last), gaps: gaps.filter(Boolean).join(' ') }).trim();
}
