import type { BoardLog } from '../log/board-log.ts';

/** What the engine needs of the documents at rest. Tests hold commits back with another than `server/log`. */
export type DocumentLog = Pick<BoardLog, 'open' | 'load' | 'append' | 'checkpoint' | 'saveProjection'>;
