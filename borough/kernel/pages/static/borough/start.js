import { initAll } from "../govuk/govuk-frontend.js";

initAll();
