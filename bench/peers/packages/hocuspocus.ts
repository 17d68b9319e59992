/** Hocuspocus as its guide starts it. Arguments: a file for its SQLite extension; without one it keeps all in memory. */
interface Peer {
	readonly Server: new (configuration: object) => { listen(): Promise<unknown>; readonly address: { readonly port: number } };
	readonly SQLite: new (configuration: { readonly database: string }) => object;
}

// Named where no tool looks: they are installed on demand, and nothing else may lean on them.
const [SERVER, EXTENSION]: readonly string[] = ['@hocuspocus/server', '@hocuspocus/extension-sqlite'];

const [database] = process.argv.slice(2);
const { Server } = (await import(SERVER!)) as Peer;
const extensions = database ? [new ((await import(EXTENSION!)) as Peer).SQLite({ database })] : [];
const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false, extensions });
await server.listen();
process.stdout.write(`${server.address.port}\n`);
