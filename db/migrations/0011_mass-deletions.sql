CREATE TABLE "board_mass_deletion" (
	"document_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"since_seq" bigint NOT NULL,
	"stood" bigint NOT NULL,
	"deleted" bigint NOT NULL,
	"dismissed_by" uuid,
	"dismissed_at" timestamp (3) with time zone,
	CONSTRAINT "board_mass_deletion_document_id_seq_pk" PRIMARY KEY("document_id","seq"),
	CONSTRAINT "board_mass_deletion_goes_back" CHECK ("board_mass_deletion"."since_seq" > 0 and "board_mass_deletion"."since_seq" < "board_mass_deletion"."seq"),
	CONSTRAINT "board_mass_deletion_dismissal" CHECK ((dismissed_by is null) = (dismissed_at is null))
);
--> statement-breakpoint
ALTER TABLE "board_mass_deletion" ADD CONSTRAINT "board_mass_deletion_dismissed_by_person_id_fk" FOREIGN KEY ("dismissed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_mass_deletion" ADD CONSTRAINT "board_mass_deletion_update" FOREIGN KEY ("document_id","seq") REFERENCES "public"."board_update"("document_id","seq") ON DELETE no action ON UPDATE no action;