import type { Database } from '../../../db/client.ts';
import { stampAttendance, type AttendancePair } from '../../../db/repo/meeting-attendance.ts';

/** Writes who is in a meeting now: the server's own observation, by its own clock. */
export type StampAttendance = (seats: readonly AttendancePair[]) => Promise<void>;

export function createAttendanceStamp(db: Database, now: () => Date): StampAttendance {
	return (seats) => stampAttendance(db.orm, seats, now());
}
