// The keys belong to the terminal from the start: nobody has to click into it first.
function take() {
  const wanted = document.querySelector(".xterm-helper-textarea");
  if (wanted) wanted.focus();
}

window.addEventListener("load", () => {
  new MutationObserver(take).observe(document.body, { attributeFilter: ["class"] });
  take();
});
window.addEventListener("focus", take);
