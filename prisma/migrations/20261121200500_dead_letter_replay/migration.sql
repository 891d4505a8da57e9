-- What to find letters by. Texts, since what could not be read is kept too; columns of their own, since PostgreSQL cannot look
-- into JSON with a NUL in it.
-- `replay_id` is set while a letter is on its way back into the queue: the batch under this id carries its message;
-- `replay_place` says where it goes on.
ALTER TABLE "dead_letters"
    ADD COLUMN "originator_type" TEXT,
    ADD COLUMN "originator_id" TEXT,
    ADD COLUMN "message_type" TEXT,
    ADD COLUMN "replay_id" UUID,
    ADD COLUMN "replay_at" BIGINT,
    ADD COLUMN "replay_place" TEXT;

UPDATE "dead_letters"
SET "originator_type" = "message" -> 'originator' ->> 'entityType',
    "originator_id" = lower(left("message" -> 'originator' ->> 'id', 64)),
    "message_type" = "message" ->> 'type'
WHERE "message"::text NOT LIKE '%\\u0000%' AND json_typeof("message") = 'object';

CREATE INDEX "dead_letters_replay_id_idx" ON "dead_letters" ("replay_id") WHERE "replay_id" IS NOT NULL;
