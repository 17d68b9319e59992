import { expect, test } from 'vitest';
import { findInstallation, finishDemo, insertInstallation } from '../../db/repo/installation.ts';
import { dropUnfinishedDemo } from '../../server/database.ts';
import { NOON } from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();
const aDemo = { isDemo: true, isDemoUnfinished: true, keyCheck: Buffer.alloc(8), createdAt: NOON };

test('a demonstration is emptied while its database says it is unfinished, and never after', async () => {
	await insertInstallation(db.orm, aDemo);
	await dropUnfinishedDemo(db);
	expect(await findInstallation(db.orm)).toBeUndefined();
	await insertInstallation(db.orm, aDemo);
	await finishDemo(db.orm);
	await dropUnfinishedDemo(db);
	expect(await findInstallation(db.orm)).toMatchObject({ isDemo: true, isDemoUnfinished: false });
});
