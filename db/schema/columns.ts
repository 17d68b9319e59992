import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Raw bytes; everything sealed with a data key is one of these. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** An instant on the server's clock. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
