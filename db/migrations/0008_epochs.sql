CREATE TABLE "board_epoch" (
	"document_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"first_seq" bigint NOT NULL,
	"restored_to" bigint NOT NULL,
	"restored_by" uuid NOT NULL,
	"restored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "board_epoch_document_id_epoch_pk" PRIMARY KEY("document_id","epoch"),
	CONSTRAINT "board_epoch_goes_back" CHECK ("board_epoch"."epoch" > 1 and "board_epoch"."restored_to" > 0 and "board_epoch"."restored_to" < "board_epoch"."first_seq")
);
--> statement-breakpoint
ALTER TABLE "board_epoch" ADD CONSTRAINT "board_epoch_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_epoch" ADD CONSTRAINT "board_epoch_restored_by_person_id_fk" FOREIGN KEY ("restored_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "board_epoch_first" ON "board_epoch" USING btree ("document_id","first_seq");