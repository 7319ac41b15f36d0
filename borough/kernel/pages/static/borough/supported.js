// Says, before anything is drawn, whether GOV.UK Frontend's script will run.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
