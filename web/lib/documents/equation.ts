import type { Translate } from '../i18n/keys.ts';

export interface Equation {
	readonly open: number;
	readonly done: number;
	readonly carried: number;
	readonly dropped: number;
}

/** `31 åbne = 12 færdige + 17 videreført + 2 droppet` */
export function equationWords(t: Translate, { open, done, carried, dropped }: Equation): string {
	return t('minutes.equation.sum', {
		open: t('minutes.equation.open', { count: open }),
		done: t('minutes.equation.done', { count: done }),
		carried: t('minutes.equation.carried', { count: carried }),
		dropped: t('minutes.equation.dropped', { count: dropped }),
	});
}
