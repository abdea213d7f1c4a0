// A passkey, made or used: what the server asks for goes to the browser, what the browser answers into the form.
(() => {
  "use strict"
  const form = document.querySelector("form[data-passkey]")
  const asked = document.getElementById("passkey-asked")
  if (!form || !asked) return
  const field = form.querySelector("[name=credential]")
  const says = document.getElementById("passkey-says")

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
  }
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer))
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
  }
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }))

  const options = () => {
    const given = JSON.parse(asked.textContent).publicKey
    const made = { ...given, challenge: bytes(given.challenge) }
    if (given.user) made.user = { ...given.user, id: bytes(given.user.id) }
    if (given.excludeCredentials) made.excludeCredentials = known(given.excludeCredentials)
    if (given.allowCredentials) made.allowCredentials = known(given.allowCredentials)
    return { publicKey: made }
  }

  const written = (credential) => {
    const answer = { clientDataJSON: text(credential.response.clientDataJSON) }
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) answer[part] = text(credential.response[part])
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: answer,
      clientExtensionResults: credential.getClientExtensionResults(),
    }
  }

  const why = (error) => {
    if (error.name === "InvalidStateError") return form.dataset.there
    if (error.name === "NotAllowedError" || error.name === "AbortError") return form.dataset.cancelled
    return form.dataset.unfit
  }

  form.addEventListener("submit", async (event) => {
    if (field.value) return
    event.preventDefault()
    says.textContent = ""
    try {
      const ask = form.dataset.passkey === "make" ? "create" : "get"
      field.value = JSON.stringify(written(await navigator.credentials[ask](options())))
      form.submit()
    } catch (error) {
      says.textContent = why(error)
    }
  })
})()
