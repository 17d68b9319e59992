-- What a meeting recorded is never rewritten: a correction is an amendment beside it.
CREATE TRIGGER snapshot_never_changed BEFORE UPDATE ON "snapshot" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER snapshot_part_never_changed BEFORE UPDATE ON "snapshot_part" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER minutes_never_changed BEFORE UPDATE ON "minutes" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER minutes_amendment_never_changed BEFORE UPDATE ON "minutes_amendment" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
