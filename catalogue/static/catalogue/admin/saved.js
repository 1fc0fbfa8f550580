/* A form in a window of its own was saved, and the window closes: nothing of it has to be kept. */
{
  const sent = sessionStorage.getItem("opis.sent");
  if (sent) localStorage.removeItem(sent);
  sessionStorage.removeItem("opis.sent");
}
