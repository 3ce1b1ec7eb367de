/** Opens the job that the address names, so that a link to one job shows it. */
function openNamedJob() {
  const job = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (job instanceof HTMLDetailsElement) job.open = true;
}
openNamedJob();
addEventListener('hashchange', openNamedJob);
