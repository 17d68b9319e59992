import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Client } from 'pg';
import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { databaseUrl, TEMPLATE } from './postgres.ts';

export interface TestDatabase extends Database {
	readonly url: string;
}

/** A migrated, empty database of the test file's own. Call it at the top of the file: `const db = await aDatabase();` */
export async function aDatabase(): Promise<TestDatabase> {
	const clusterUrl = await askForCluster(inject('postgresSocket'));
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	const client = new Client({ connectionString: clusterUrl });
	await client.connect();
	await client.query(`create database ${name} template ${TEMPLATE}`);
	await client.end();
	const url = databaseUrl(clusterUrl, name);
	const db = openDatabase(url);
	afterAll(() => db.close());
	return { ...db, url };
}

function askForCluster(path: string): Promise<string> {
	return new Promise((resolve, reject) => {
		let url = '';
		const socket = connect(path, () => socket.setEncoding('utf8'));
		socket.on('data', (chunk) => (url += String(chunk)));
		socket.on('error', reject);
		socket.on('end', () => (url ? resolve(url) : reject(new Error('The test cluster did not start'))));
		socket.on('close', () => reject(new Error('The test cluster did not start')));
	});
}
