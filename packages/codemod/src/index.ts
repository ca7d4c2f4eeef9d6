export { migrateManifest, type ManifestMigration, type PackageUse } from "./migrate-manifest.ts";
export { migrateProject, type FileChange, type ProjectMigration } from "./migrate-project.ts";
export { migrateSource, type ProjectUse, type SourceMigration } from "./migrate-source.ts";
