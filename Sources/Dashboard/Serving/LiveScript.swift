/// The dashboard's only script: asks whether the ledger grew, and then draws the page's main part anew. Everything
/// works without it, by reloading.
enum LiveScript {
    static let text = """
        'use strict';
        (() => {
          const pauseMilliseconds = 2000;
          const live = document.getElementById('live');
          let version = document.body.dataset.version;
          let wasLost = false;

          const redraw = async () => {
            const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
            if (response.redirected) { location.reload(); return; }
            const page = new DOMParser().parseFromString(await response.text(), 'text/html');
            const fresh = page.getElementById('content');
            const shown = document.getElementById('content');
            if (!fresh || !shown) { return; }
            const focused = document.activeElement;
            const stops = () => [...shown.querySelectorAll('a,[tabindex],summary')];
            const place = focused ? stops().indexOf(focused) : -1;
            const open = [...shown.querySelectorAll('details')].map((element) => element.open);
            shown.replaceChildren(...fresh.childNodes);
            shown.querySelectorAll('details').forEach((element, index) => { element.open = open[index] ?? false; });
            stops()[place]?.focus({ preventScroll: true });
            const status = page.querySelector('footer p');
            if (status) { document.querySelector('footer p').textContent = status.textContent; }
            version = page.body.dataset.version;
            live.textContent = 'The ledger grew; this page was updated.';
          };

          const look = async () => {
            try {
              const response = await fetch('/version');
              if (response.status === 401) { location.reload(); return; }
              if (response.ok && (await response.text()) !== version) { await redraw(); }
              if (wasLost) { live.textContent = 'Connected again.'; wasLost = false; }
            } catch {
              if (!wasLost) { live.textContent = 'The dashboard does not answer; trying again.'; wasLost = true; }
            }
            setTimeout(look, pauseMilliseconds);
          };
          setTimeout(look, pauseMilliseconds);
        })();

        """
}
