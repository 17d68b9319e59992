CREATE TABLE "meeting" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"week" text NOT NULL,
	"phase" text NOT NULL,
	"revision" integer NOT NULL,
	"chair_id" uuid,
	"asked_by" uuid,
	"is_curtain_down" boolean NOT NULL,
	"is_citizen_present" boolean NOT NULL,
	"planned_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"parked_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "meeting_started" CHECK ((phase = 'planned') = (opened_at is null) and (phase = 'planned') = (chair_id is null)),
	CONSTRAINT "meeting_parked" CHECK ((phase = 'parked') = (parked_at is not null)),
	CONSTRAINT "meeting_closed" CHECK ((phase = 'closed') = (closed_at is not null))
);
--> statement-breakpoint
CREATE TABLE "meeting_attendance" (
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "meeting_attendance_meeting_id_person_id_pk" PRIMARY KEY("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "meeting_item" (
	"meeting_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"budget_ms" integer NOT NULL,
	"spent_ms" integer NOT NULL,
	"since" timestamp (3) with time zone,
	CONSTRAINT "meeting_item_meeting_id_case_id_pk" PRIMARY KEY("meeting_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "meeting_task" (
	"meeting_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"carried_by" uuid,
	"carried_at" timestamp (3) with time zone,
	CONSTRAINT "meeting_task_meeting_id_document_id_task_id_pk" PRIMARY KEY("meeting_id","document_id","task_id"),
	CONSTRAINT "meeting_task_carried" CHECK ((carried_by is null) = (carried_at is null))
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"meeting_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"snapshot_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "minutes_meeting_id_case_id_pk" PRIMARY KEY("meeting_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "minutes_amendment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"sealed_text" "bytea" NOT NULL,
	"amended_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot_part" (
	"id" uuid PRIMARY KEY NOT NULL,
	"snapshot_id" uuid NOT NULL,
	"compartment" text NOT NULL,
	"placement_id" uuid,
	"document_id" uuid,
	"seq" bigint,
	"sealed_document" "bytea",
	"sealed_content" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "snapshot_part_placement" CHECK ((compartment = 'placement') = (placement_id is not null)),
	CONSTRAINT "snapshot_part_document" CHECK ((document_id is null) = (sealed_document is null) and (document_id is null) = (seq is null))
);
--> statement-breakpoint
CREATE TABLE "wall_screen" (
	"id" uuid PRIMARY KEY NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"code" text,
	"code_expires_at" timestamp (3) with time zone NOT NULL,
	"meeting_id" uuid,
	"approved_by" uuid,
	"approved_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "wall_screen_approved" CHECK ((approved_by is null) = (meeting_id is null) and (approved_by is null) = (approved_at is null))
);
--> statement-breakpoint
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_chair_id_person_id_fk" FOREIGN KEY ("chair_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_attendance" ADD CONSTRAINT "meeting_attendance_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_attendance" ADD CONSTRAINT "meeting_attendance_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_item" ADD CONSTRAINT "meeting_item_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_item" ADD CONSTRAINT "meeting_item_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_task" ADD CONSTRAINT "meeting_task_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_task" ADD CONSTRAINT "meeting_task_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_task" ADD CONSTRAINT "meeting_task_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_task" ADD CONSTRAINT "meeting_task_carried_by_person_id_fk" FOREIGN KEY ("carried_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_snapshot_id_snapshot_id_fk" FOREIGN KEY ("snapshot_id") REFERENCES "public"."snapshot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_amendment" ADD CONSTRAINT "minutes_amendment_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_amendment" ADD CONSTRAINT "minutes_amendment_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_amendment" ADD CONSTRAINT "minutes_amendment_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_snapshot_id_snapshot_id_fk" FOREIGN KEY ("snapshot_id") REFERENCES "public"."snapshot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot_part" ADD CONSTRAINT "snapshot_part_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wall_screen" ADD CONSTRAINT "wall_screen_meeting_id_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meeting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wall_screen" ADD CONSTRAINT "wall_screen_approved_by_person_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "meeting_unclosed" ON "meeting" USING btree ("team_id") WHERE phase <> 'closed';--> statement-breakpoint
CREATE INDEX "meeting_team" ON "meeting" USING btree ("team_id","planned_at");--> statement-breakpoint
CREATE UNIQUE INDEX "meeting_item_current" ON "meeting_item" USING btree ("meeting_id") WHERE state = 'current';--> statement-breakpoint
CREATE INDEX "meeting_item_case" ON "meeting_item" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "minutes_case" ON "minutes" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "minutes_amendment_minutes" ON "minutes_amendment" USING btree ("meeting_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshot_meeting_case" ON "snapshot" USING btree ("meeting_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshot_case_position" ON "snapshot" USING btree ("case_id","position");--> statement-breakpoint
CREATE INDEX "snapshot_part_snapshot" ON "snapshot_part" USING btree ("snapshot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "wall_screen_secret" ON "wall_screen" USING btree ("secret_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "wall_screen_code" ON "wall_screen" USING btree ("code");--> statement-breakpoint
CREATE INDEX "wall_screen_meeting" ON "wall_screen" USING btree ("meeting_id");