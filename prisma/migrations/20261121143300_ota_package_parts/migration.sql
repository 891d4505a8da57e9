-- Devices load packages in small parts: without compression a part is read without the rest.
ALTER TABLE "ota_package_data" ALTER COLUMN "data" SET STORAGE EXTERNAL;
