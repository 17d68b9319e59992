import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { foundMunicipality } from '../commands/installation/found-municipality.ts';
import { newPersonSchema } from '../commands/person/person.ts';

const answersSchema = z.object({
	municipality: z.string().trim().min(1).max(120),
	name: newPersonSchema.shape.name,
	email: newPersonSchema.shape.email,
	password: newPersonSchema.shape.password,
});
export type FoundingAnswer = keyof z.infer<typeof answersSchema>;

/** In the order they are asked. */
export const FOUNDING_ANSWERS: readonly FoundingAnswer[] = ['municipality', 'name', 'email', 'password'];

export type FoundFailure =
	{ readonly code: 'already-founded' } | { readonly code: 'answer-refused'; readonly answer: FoundingAnswer };

/** The municipality and its first administrator, from what an operator answered. */
export async function found(
	db: Database,
	answers: Readonly<Record<FoundingAnswer, string>>,
	hashPassword: (password: string) => Promise<string>,
	at: Date,
): Promise<Result<null, FoundFailure>> {
	const parsed = answersSchema.safeParse(answers);
	if (!parsed.success) return refuse({ code: 'answer-refused', answer: parsed.error.issues[0]!.path[0] as FoundingAnswer }); // safe: a key of the schema
	const { municipality, name, email, password } = parsed.data;
	const founded = await foundMunicipality(
		db,
		{ name: municipality, admin: { name, email, passwordHash: await hashPassword(password) } },
		at,
	);
	return founded.ok ? ok(null) : founded;
}
