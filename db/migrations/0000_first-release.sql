CREATE TABLE "audit_chain" (
	"chain_id" uuid PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"chain_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"person_id" uuid,
	"session_id" text,
	"action" text NOT NULL,
	"purpose" text,
	"subject" jsonb NOT NULL,
	"compartments" text[],
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_entry_chain_id_position_pk" PRIMARY KEY("chain_id","position")
);
--> statement-breakpoint
CREATE TABLE "case_access" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"placement_id" uuid,
	"adds_clinical" boolean DEFAULT false NOT NULL,
	"adds_justice" boolean DEFAULT false NOT NULL,
	"basis" text NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"granted_by" uuid NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	CONSTRAINT "case_access_days" CHECK ("case_access"."until_day" >= "case_access"."from_day")
);
--> statement-breakpoint
CREATE TABLE "citizen" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"data_key_id" uuid NOT NULL,
	"sealed_name" "bytea" NOT NULL,
	"sealed_birth_day" "bytea",
	"sealed_cpr" "bytea",
	"cpr_index" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citizen_case" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"citizen_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"template_version_id" uuid NOT NULL,
	"data_key_id" uuid NOT NULL,
	"phase" text,
	"release_day" date,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "coordinator_assignment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	CONSTRAINT "coordinator_assignment_days" CHECK ("coordinator_assignment"."until_day" is null or "coordinator_assignment"."until_day" >= "coordinator_assignment"."from_day")
);
--> statement-breakpoint
CREATE TABLE "data_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"wrapped" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"destroyed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "placement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"company_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rights_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rights_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid,
	"person_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "template_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"template_key" text NOT NULL,
	"version" integer NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"content" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "board_checkpoint" (
	"document_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"sealed" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "board_checkpoint_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "board_client" (
	"document_id" uuid NOT NULL,
	"client_id" bigint NOT NULL,
	"person_id" uuid,
	CONSTRAINT "board_client_document_id_client_id_pk" PRIMARY KEY("document_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "board_document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"placement_id" uuid,
	"person_id" uuid,
	"epoch" integer DEFAULT 1 NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "board_document_owner" CHECK ((kind = 'placement') = (placement_id is not null) and (kind = 'private') = (person_id is not null))
);
--> statement-breakpoint
CREATE TABLE "board_projection" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"sealed" "bytea" NOT NULL,
	"projected_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "board_update" (
	"document_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"row_id" uuid NOT NULL,
	"person_id" uuid,
	"session_id" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "board_update_document_id_seq_pk" PRIMARY KEY("document_id","seq"),
	CONSTRAINT "board_update_seq_is_positive" CHECK ("board_update"."seq" > 0)
);
--> statement-breakpoint
CREATE TABLE "unsent_text" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"length" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"is_demo" boolean NOT NULL,
	"key_check" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "installation_is_one_row" CHECK ("installation"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "observation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"compartment" text NOT NULL,
	"placement_id" uuid,
	"author_id" uuid NOT NULL,
	"draft_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"track_id" uuid,
	"sealed_text" "bytea" NOT NULL,
	"shared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "observation_placement" CHECK ((compartment = 'placement') = (placement_id is not null))
);
--> statement-breakpoint
CREATE TABLE "observation_amendment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"observation_id" uuid NOT NULL,
	"sealed_text" "bytea" NOT NULL,
	"amended_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "observation_comment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"observation_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"sealed_text" "bytea" NOT NULL,
	"commented_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"profession" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "team" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_member" (
	"team_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"is_lead" boolean DEFAULT false NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	CONSTRAINT "team_member_team_id_person_id_from_day_pk" PRIMARY KEY("team_id","person_id","from_day")
);
--> statement-breakpoint
CREATE TABLE "auth_account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_granted_by_person_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_ended_by_person_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen" ADD CONSTRAINT "citizen_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen" ADD CONSTRAINT "citizen_data_key_id_data_key_id_fk" FOREIGN KEY ("data_key_id") REFERENCES "public"."data_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_citizen_id_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizen"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_template_version_id_template_version_id_fk" FOREIGN KEY ("template_version_id") REFERENCES "public"."template_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_data_key_id_data_key_id_fk" FOREIGN KEY ("data_key_id") REFERENCES "public"."data_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordinator_assignment" ADD CONSTRAINT "coordinator_assignment_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordinator_assignment" ADD CONSTRAINT "coordinator_assignment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_company_id_organisation_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_checkpoint" ADD CONSTRAINT "board_checkpoint_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_client" ADD CONSTRAINT "board_client_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_document" ADD CONSTRAINT "board_document_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_document" ADD CONSTRAINT "board_document_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_document" ADD CONSTRAINT "board_document_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_projection" ADD CONSTRAINT "board_projection_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_update" ADD CONSTRAINT "board_update_document_id_board_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."board_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsent_text" ADD CONSTRAINT "unsent_text_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsent_text" ADD CONSTRAINT "unsent_text_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_case_id_citizen_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."citizen_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation_amendment" ADD CONSTRAINT "observation_amendment_observation_id_observation_id_fk" FOREIGN KEY ("observation_id") REFERENCES "public"."observation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation_comment" ADD CONSTRAINT "observation_comment_observation_id_observation_id_fk" FOREIGN KEY ("observation_id") REFERENCES "public"."observation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation_comment" ADD CONSTRAINT "observation_comment_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entry_person" ON "audit_entry" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "case_access_case" ON "case_access" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "case_access_person" ON "case_access" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "citizen_cpr" ON "citizen" USING btree ("organisation_id","cpr_index");--> statement-breakpoint
CREATE INDEX "citizen_case_team" ON "citizen_case" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "citizen_case_citizen" ON "citizen_case" USING btree ("citizen_id");--> statement-breakpoint
CREATE INDEX "coordinator_assignment_case" ON "coordinator_assignment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "coordinator_assignment_person" ON "coordinator_assignment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "placement_case" ON "placement" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "template_version_number" ON "template_version" USING btree ("organisation_id","template_key","version");--> statement-breakpoint
CREATE UNIQUE INDEX "board_document_team" ON "board_document" USING btree ("case_id") WHERE kind = 'team';--> statement-breakpoint
CREATE UNIQUE INDEX "board_document_placement" ON "board_document" USING btree ("placement_id") WHERE kind = 'placement';--> statement-breakpoint
CREATE UNIQUE INDEX "board_document_private" ON "board_document" USING btree ("case_id","person_id") WHERE kind = 'private';--> statement-breakpoint
CREATE UNIQUE INDEX "board_update_row" ON "board_update" USING btree ("row_id");--> statement-breakpoint
CREATE INDEX "unsent_text_case" ON "unsent_text" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "observation_draft" ON "observation" USING btree ("case_id","author_id","draft_id");--> statement-breakpoint
CREATE INDEX "observation_case" ON "observation" USING btree ("case_id","shared_at");--> statement-breakpoint
CREATE INDEX "observation_amendment_observation" ON "observation_amendment" USING btree ("observation_id");--> statement-breakpoint
CREATE INDEX "observation_comment_observation" ON "observation_comment" USING btree ("observation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_name" ON "organisation" USING btree ("host_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("email");--> statement-breakpoint
CREATE INDEX "person_organisation" ON "person" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "team_name" ON "team" USING btree ("organisation_id","name");--> statement-breakpoint
CREATE INDEX "team_member_person" ON "team_member" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "auth_account_user" ON "auth_account" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_session_token" ON "auth_session" USING btree ("token");--> statement-breakpoint
CREATE INDEX "auth_session_user" ON "auth_session" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_user_email" ON "auth_user" USING btree ("email");--> statement-breakpoint
CREATE INDEX "auth_verification_identifier" ON "auth_verification" USING btree ("identifier");