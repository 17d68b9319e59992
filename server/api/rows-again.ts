import { z } from '@hono/zod-openapi';
import { idSchema, type CaseId } from '../../domain/ids.ts';

/** Rows an open list asks for again, by commas; more than this it asks for in turn. */
const MAX_ROWS_AGAIN = 100;

/** The query of a list that is asked for again where something was announced. */
export const rowsAgainSchema = z.object({
	ids: z
		.string()
		.transform((raw) => raw.split(','))
		.pipe(z.array(idSchema<CaseId>()).max(MAX_ROWS_AGAIN))
		.optional(),
});
