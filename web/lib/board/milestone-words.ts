import type { IsoWeek } from '../../../domain/iso-week.ts';
import { FAR_APART_STEPS, lastOf, readingOf, type Reading, type Series, type Side } from '../../../domain/rating/series.ts';
import type { Formats } from '../i18n/format.ts';
import type { Translate } from '../i18n/keys.ts';

export interface MilestoneWords {
	/** What stands under the picture. */
	readonly caption: string;
	/** All that the picture shows, for who does not see it. */
	readonly sentence: string;
	/** Two steps or more: worth a question. */
	readonly isFar: boolean;
}

/** What words are made of: the reader's language, and what the citizen is called. */
export interface MilestoneSpeaker {
	readonly t: Translate;
	readonly format: Formats;
	readonly firstName: string;
	/** The highest step of the scale. */
	readonly high: number;
}

/** @param current the week under way */
export function wordsOf(milestone: string, series: Series, current: IsoWeek, speaker: MilestoneSpeaker): MilestoneWords {
	const reading = readingOf(series, current);
	const caption = captionOf(reading, speaker);
	const values = (['citizen', 'professionals'] as const).flatMap((side) => valueOf(series, side, speaker) ?? []);
	return {
		caption,
		sentence: [milestone, ...(values.length > 0 ? [values.join(', ')] : []), caption].map((part) => `${part}.`).join(' '),
		isFar: reading.code === 'apart' && reading.steps >= FAR_APART_STEPS,
	};
}

function captionOf(reading: Reading, speaker: MilestoneSpeaker): string {
	const { t, format } = speaker;
	switch (reading.code) {
		case 'never-rated':
			return t('ratings.reading.never');
		case 'silent':
			return t('ratings.reading.silent', { week: format.week(reading.since) });
		case 'side-silent':
			return t('ratings.reading.sideSilent', {
				who: capitalised(nameOf(reading.side, speaker)),
				week: format.week(reading.since),
			});
		case 'side-never':
			return t('ratings.reading.sideNever', { who: capitalised(nameOf(reading.side, speaker)) });
		case 'not-together':
			return t('ratings.reading.notTogether');
		case 'agree':
			return t('ratings.reading.agree');
		case 'apart':
			return t('ratings.reading.apart', { count: reading.steps, steps: format.number(reading.steps) });
	}
}

function valueOf(series: Series, side: Side, speaker: MilestoneSpeaker): string | undefined {
	const last = lastOf(series, side);
	const { t, format, high } = speaker;
	return (
		last &&
		t('ratings.valueIn', { who: nameOf(side, speaker), value: format.number(last.value), high, week: format.week(last.week) })
	);
}

function nameOf(side: Side, { t, firstName }: MilestoneSpeaker): string {
	return side === 'citizen' ? firstName : t('ratings.professionals');
}

function capitalised(words: string): string {
	return words.slice(0, 1).toUpperCase() + words.slice(1);
}
