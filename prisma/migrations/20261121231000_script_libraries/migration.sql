-- Functions that the scripts of a tenant's rule nodes share.
CREATE TABLE "script_libraries" (
    "id" UUID NOT NULL,
    "created_time" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(64) NOT NULL,
    "language" VARCHAR(8) NOT NULL,
    "description" VARCHAR(1024),
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "script_libraries_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "script_libraries_tenant_id_name_key" ON "script_libraries"("tenant_id", "name");
ALTER TABLE "script_libraries" ADD CONSTRAINT "script_libraries_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
