/**
 * Dates, weeks and clocks as people here write them: `21.11.2026`, `uge 47`, `10.14`, always in Danish time,
 * whatever the reader's machine is set to.
 */
import { dayOf, daysBetween, isDay, weekNumber, type Day, type IsoWeek } from '../../../domain/iso-week.ts';
import type { Language } from './keys.ts';

const NBSP = '\u00a0';
const ZONE = 'Europe/Copenhagen';
const LOCALE = { da: 'da-DK', en: 'en-GB' } as const satisfies Record<Language, string>;
const WEEK_WORD = { da: 'uge', en: 'week' } as const satisfies Record<Language, string>;
const TODAY = { da: 'i dag', en: 'today' } as const satisfies Record<Language, string>;
const YESTERDAY = { da: 'i går', en: 'yesterday' } as const satisfies Record<Language, string>;
const WEEKDAYS = {
	da: ['søn.', 'man.', 'tirs.', 'ons.', 'tors.', 'fre.', 'lør.'],
	en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const satisfies Record<Language, readonly string[]>;
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function toDay(value: Day | Date): Day {
	return typeof value === 'string' && isDay(value) ? value : dayOf(new Date(value));
}

export class Formats {
	readonly language: Language;

	constructor(language: Language) {
		this.language = language;
	}

	/** `21.11.2026` */
	day(value: Day | Date): string {
		const [year, month, date] = toDay(value).split('-');
		return `${Number(date)}.${Number(month)}.${year}`;
	}

	/** `fre. 27.11`, for days near enough that nobody asks for the year. */
	shortDay(value: Day | Date): string {
		const day = toDay(value);
		const [, month, date] = day.split('-');
		return `${this.weekday(day)}${NBSP}${Number(date)}.${Number(month)}`;
	}

	/** `fre.` */
	weekday(value: Day | Date): string {
		return WEEKDAYS[this.language][new Date(`${toDay(value)}T00:00:00Z`).getUTCDay()] ?? '';
	}

	/** `uge 47`, never broken over two lines. */
	week(week: IsoWeek): string {
		return `${WEEK_WORD[this.language]}${NBSP}${weekNumber(week)}`;
	}

	/** `9.41`, 24 hours. */
	clock(at: Date | string): string {
		const [hour, minute] = CLOCK.format(new Date(at)).split(':');
		return this.language === 'da' ? `${Number(hour)}.${minute}` : `${hour}:${minute}`;
	}

	/** `i dag 9.41`, `i går 14.20`, `man. 14.20` within a week, else `14.10.2026 9.41`. */
	moment(at: Date | string, now: Date): string {
		const days = daysBetween(dayOf(new Date(at)), dayOf(now));
		return `${this.#dayWord(new Date(at), days)}${NBSP}${this.clock(at)}`;
	}

	/** As `moment`, but a day older than a week goes without clock and, this year, without year: `13.11`. */
	recently(at: Date | string, now: Date): string {
		const [day, today] = [dayOf(new Date(at)), dayOf(now)];
		if (daysBetween(day, today) < 7) return this.moment(at, now);
		const [year, month, date] = day.split('-');
		return today.startsWith(`${year}-`) ? `${Number(date)}.${Number(month)}` : this.day(day);
	}

	#dayWord(at: Date, daysAgo: number): string {
		if (daysAgo === 0) return TODAY[this.language];
		if (daysAgo === 1) return YESTERDAY[this.language];
		return daysAgo > 1 && daysAgo < 7 ? this.weekday(at) : this.day(at);
	}

	/** `1.234,5` */
	number(value: number, decimals = 2): string {
		return new Intl.NumberFormat(LOCALE[this.language], { maximumFractionDigits: decimals }).format(value);
	}

	/** `Amina, Karin og Jonas` */
	list(words: readonly string[]): string {
		return new Intl.ListFormat(LOCALE[this.language], { type: 'conjunction' }).format(words);
	}
}
