const { storage } = window;
const message = document.querySelector("#message");
const list = document.querySelector("ul");

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void show(new FormData(event.target).get("account"));
});
document.querySelector("#sign-out").addEventListener("click", () => storage.signOut());

async function show(account) {
  message.textContent = "Signing in, if need be …";
  const { names = [], error } = await storage.listContainers(account);
  message.textContent = error?.code === "user_cancelled" ? "You closed the dialog." : (error?.message ?? "");
  list.replaceChildren(
    ...names.map((name) => {
      const item = document.createElement("li");
      item.textContent = name;
      return item;
    }),
  );
}
