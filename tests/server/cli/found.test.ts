import { expect, test } from 'vitest';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import { findPersonByEmail } from '../../../db/repo/person.ts';
import { templatesValidOn } from '../../../db/repo/template.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { found } from '../../../server/cli/found.ts';
import { aDatabase } from '../../support/database.ts';

const at = new Date('2026-11-20T09:00:00Z');
const answers = {
	municipality: 'Prøve Kommune',
	name: 'Inge Test',
	email: 'Inge@Kommune.example',
	password: 'lang nok til at gemme',
};
const hash = (password: string) => Promise.resolve(`hash of ${String(password.length)}`);

test('an empty database gets its municipality, an administrator to sign in as, and the default templates', async () => {
	const db = await aDatabase();
	expect(await found(db, answers, hash, at)).toEqual({ ok: true, value: null });

	const admin = await findPersonByEmail(db.orm, 'inge@kommune.example');
	expect(admin).toMatchObject({ name: 'Inge Test', profession: 'admin', organisationName: 'Prøve Kommune', external: false });
	const templates = await templatesValidOn(db.orm, admin!.hostId, dayOf(at));
	expect(templates.map(({ templateKey }) => templateKey).sort()).toEqual(['parallel', 'released-prisoner']);
	const entries = await auditEntriesOf(db.orm, admin!.hostId, 10);
	expect(entries.map(({ action }) => action)).toEqual(['person.create', 'organisation.create']);
});

test('a second municipality is refused, and the first stays as it was', async () => {
	const db = await aDatabase();
	await found(db, answers, hash, at);
	const second = { ...answers, municipality: 'En anden', email: 'anden@kommune.example' };
	expect(await found(db, second, hash, at)).toEqual({ ok: false, error: { code: 'already-founded' } });
	expect(await findPersonByEmail(db.orm, 'anden@kommune.example')).toBeUndefined();
});

test.each([
	['municipality', ' '],
	['name', ''],
	['email', 'ikke en adresse'],
	['password', 'for kort'],
] as const)('an answer that cannot be used is named, and nothing is created: %s', async (answer, word) => {
	const db = await aDatabase();
	expect(await found(db, { ...answers, [answer]: word }, hash, at)).toEqual({
		ok: false,
		error: { code: 'answer-refused', answer },
	});
	expect(await findPersonByEmail(db.orm, 'inge@kommune.example')).toBeUndefined();
});
