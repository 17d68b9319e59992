CREATE TABLE "rating" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"week" text NOT NULL,
	"milestone" text NOT NULL,
	"person_id" uuid,
	"profession" text,
	"recorded_by" uuid NOT NULL,
	"sealed_value" "bytea" NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"after_reveal" boolean NOT NULL,
	CONSTRAINT "rating_once_each" UNIQUE NULLS NOT DISTINCT("case_id","week","milestone","person_id")
);
--> statement-breakpoint
CREATE TABLE "rating_round" (
	"case_id" uuid NOT NULL,
	"week" text NOT NULL,
	"milestone" text NOT NULL,
	"revealed_at" timestamp (3) with time zone,
	"revealed_by" uuid,
	CONSTRAINT "rating_round_case_id_week_milestone_pk" PRIMARY KEY("case_id","week","milestone")
);
--> statement-breakpoint
ALTER TABLE "rating" ADD CONSTRAINT "rating_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating" ADD CONSTRAINT "rating_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating" ADD CONSTRAINT "rating_in_round" FOREIGN KEY ("case_id","week","milestone") REFERENCES "public"."rating_round"("case_id","week","milestone") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_revealed_by_person_id_fk" FOREIGN KEY ("revealed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;