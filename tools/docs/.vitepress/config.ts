import { defineConfig } from "vitepress";
import { siteConfig } from "../src/site-config.ts";

export default defineConfig(siteConfig());
