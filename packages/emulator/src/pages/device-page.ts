import { html, page } from "./page.ts";
import type { Reply } from "../http/reply.ts";

/** Where the person types the code that the application shows. */
export function deviceCodePage(problem?: string): Reply {
  const body = html`<p class="lead">
      Enter the code that the application shows you. Go on only if you started it yourself.
    </p>
    <form method="post" action="/devicelogin">
      <label for="user_code">Code</label>
      <input
        type="text"
        class="code"
        id="user_code"
        name="user_code"
        required
        autofocus
        maxlength="12"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        ${problem === undefined ? "" : html` aria-invalid="true" aria-describedby="problem"`}
      />
      ${problem === undefined ? "" : html`<p class="problem" id="problem" role="alert">${problem}</p>`}
      <div class="actions"><button class="primary">Next</button></div>
    </form>`;
  return page({ status: problem === undefined ? 200 : 400, title: "Enter your code", body });
}
