-- A template version says what it said for ever; only its last day is set anew, when another follows or it is retired.
DROP TRIGGER template_version_never_changed ON "template_version";
--> statement-breakpoint
CREATE TRIGGER template_version_never_changed BEFORE UPDATE ON "template_version" FOR EACH ROW
WHEN (
	(OLD.id, OLD.organisation_id, OLD.template_key, OLD.version, OLD.valid_from, OLD.content, OLD.created_at)
	IS DISTINCT FROM
	(NEW.id, NEW.organisation_id, NEW.template_key, NEW.version, NEW.valid_from, NEW.content, NEW.created_at)
)
EXECUTE FUNCTION refuse_change();
