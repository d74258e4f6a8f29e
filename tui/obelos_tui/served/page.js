// The keys belong to the terminal from the start: nobody has to click into it first. Not before its first byte, though:
// the terminal tells the server of its focus, and until then there is no connection to tell it by.
function take() {
  const wanted = document.querySelector(".xterm-helper-textarea");
  if (wanted && document.body.classList.contains("-first-byte")) wanted.focus();
}

window.addEventListener("load", () => {
  new MutationObserver(take).observe(document.body, { attributeFilter: ["class"] });
});
window.addEventListener("focus", take);
