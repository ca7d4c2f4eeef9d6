import { Argument, Command } from "commander";
import type { DockerOptions } from "../answers/answer-docker.ts";
import type { KubectlOptions } from "../answers/answer-kubectl.ts";
import type { ProgramOptions } from "../answers/token-for-program.ts";
import { repeatableOption } from "../repeatable-option.ts";
import { sessionCommand } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { writeShim } from "../write-shim.ts";

/** What git, Docker and Kubernetes clients run to get a credential. */
export function answerProgramsCommand(terminal: Terminal): Command {
  return new Command("credential-helper")
    .description("Answer git, Docker or kubectl with the stored sign-in")
    .addCommand(gitCommand(terminal))
    .addCommand(dockerCommand(terminal))
    .addCommand(kubectlCommand(terminal));
}

function gitCommand(terminal: Terminal): Command {
  return sessionCommand("git", "Azure Repos: the credential protocol of git")
    .option("--device-code", "ask by a code where somebody must sign in")
    .addArgument(new Argument("<operation>", "what git asks for: get, store, erase or capability"))
    .action(async (operation: string, options: ProgramOptions) => {
      const { answerGit } = await import("../answers/answers.ts");
      return answerGit(operation, options, terminal);
    });
}

interface DockerCommandOptions extends DockerOptions {
  readonly shim?: string;
}

function dockerCommand(terminal: Terminal): Command {
  return sessionCommand("docker", "Azure Container Registry: the credential helper protocol of Docker")
    .addOption(
      repeatableOption("--registry <host>", "a registry of Azure by another name than NAME.azurecr.io"),
    )
    .option("--shim <folder>", "write a program docker-credential-entrada into this folder")
    .addArgument(new Argument("[operation]", "what Docker asks for: get, store, erase, list or version"))
    .action(async (operation: string | undefined, options: DockerCommandOptions) => {
      if (options.shim !== undefined) return writeDockerShim(options.shim, options, terminal);
      if (operation === undefined) throw new UsageError("Give an operation, such as get, or --shim.");
      const { answerDocker } = await import("../answers/answers.ts");
      return answerDocker(operation, options, terminal);
    });
}

function kubectlCommand(terminal: Terminal): Command {
  return sessionCommand("kubectl", "Azure Kubernetes Service: the exec protocol of Kubernetes clients")
    .option("--device-code", "ask by a code where somebody must sign in")
    .option("--server-id <id>", "the application id of the cluster's server (that of AKS)")
    .action(async (options: KubectlOptions) => {
      const { answerKubectl } = await import("../answers/answers.ts");
      return answerKubectl(options, terminal);
    });
}

// Docker gives its helpers no options: they stand in the shim.
async function writeDockerShim(
  folder: string,
  { profile, registry = [] }: DockerCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const args = ["credential-helper", "docker", ...(profile === undefined ? [] : ["--profile", profile])];
  const others = registry.map((host) => `--registry=${host}`);
  const place = writeShim(folder, "docker-credential-entrada", [...args, ...others], terminal.program.file);
  return terminal.say(
    `Put ${place} on PATH, and in Docker's config.json: { "credHelpers": { "NAME.azurecr.io": "entrada" } }\n`,
  );
}
