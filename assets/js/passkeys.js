// Passkeys: `form[data-passkey=create|get]` fills its `credential` field from the device and goes.
// Options stand in `#passkey-options`, or are fetched from `data-options` (sign-in without a name).

async function optionsOf(form) {
  const { options } = form.dataset;
  if (!options) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(options, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

// A passkey that names its owner signs in by itself; it asks the device to check who is there.
function askForOwner(options, form) {
  if (!form.querySelector("[name=passwordless]")?.checked) return;
  options.authenticatorSelection = {
    ...options.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
}

async function credential(form) {
  const { publicKey } = await optionsOf(form);
  if (form.dataset.passkey === "get") {
    const asked = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
    return navigator.credentials.get({ publicKey: asked });
  }
  askForOwner(publicKey, form);
  const asked = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
  return navigator.credentials.create({ publicKey: asked });
}

async function prove(event) {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await credential(form));
    form.submit();
  } catch {
    failed.hidden = false; // refused, not known here, timed out, or the browser cannot
  }
}

export function passkeys(root) {
  root.addEventListener("submit", prove);
}
