import { afterEach, expect, test } from 'vitest';
import { aLogWithOneDocument, anna, aServer, bo, textOf, theDocumentId, until, type TestServer } from './a-server.ts';

let server: TestServer;
afterEach(() => server.stop());

test('two stock clients see each other, and each is told what is stored', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const [one, two] = [server.client(anna), server.client(bo)];
	await until(() => one.isSaved() && two.isSaved(), 'both synced');
	one.doc.getText('goal/team').insert(0, 'Hej ');
	await until(() => textOf(two.doc) === 'Hej ', 'two sees one');
	two.doc.getText('goal/team').insert(4, 'verden');
	await until(() => textOf(one.doc) === 'Hej verden', 'one sees two');
	await until(() => one.isSaved() && two.isSaved(), 'both saved');
	expect(log.kept(theDocumentId).rows.map((row) => row.personId)).toEqual([anna, bo]);
	await until(() => log.kept(theDocumentId).projection?.seq === 2, 'the read model follows', 1_000);
	expect(log.kept(theDocumentId).projection?.rows).toMatchObject({ goal: { team: 'Hej verden' } });
});

test('nothing is seen, answered or acknowledged before COMMIT', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const [one, two] = [server.client(anna), server.client(bo)];
	await until(() => one.isSaved() && two.isSaved(), 'both synced');
	log.holdCommits();
	one.doc.getText('goal/team').insert(0, 'ikke endnu');
	await until(() => log.appends === 1, 'the append has begun');
	const late = server.client(bo);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect([textOf(two.doc), textOf(late.doc), one.isSaved(), late.provider.synced]).toEqual(['', '', false, false]);
	log.letGo();
	await until(
		() => textOf(two.doc) === 'ikke endnu' && textOf(late.doc) === 'ikke endnu' && one.isSaved(),
		'it came after COMMIT',
	);
});
