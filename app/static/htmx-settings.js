/* Settings of htmx, in one file with it. No eval, no page stored in the browser's history.
   A request may last 15 minutes: 10 MB at 100 kbit/s. A refused form is shown. */
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  timeout: 900000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "409", swap: true },
    { code: "...", swap: false, error: true }
  ]
});
