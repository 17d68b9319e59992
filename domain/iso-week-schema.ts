import { z } from 'zod';
import { isIsoWeek, type IsoWeek } from './iso-week.ts';

/** The schema for a week at an edge. A file of its own, so that a browser that only reckons with weeks does not fetch zod. */
export const isoWeekSchema = z
	.string()
	.refine(isIsoWeek)
	.transform((raw) => raw as IsoWeek);
