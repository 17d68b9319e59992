/**
 * The part of better-sqlite3 that Hocuspocus's SQLite extension uses, over the SQLite that Node brings: the real one
 * needs a compiler or a download at install time. The files and the statements are the same.
 */
const { DatabaseSync } = require('node:sqlite');

module.exports = DatabaseSync;
