"""Matplotlib's way to show figures where there is no screen: `plt.show()` saves each as a picture in $OUTPUT_DIR, which the page shows."""
import os

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class FigureManager(FigureManagerBase):
    _path = None

    def _save(self):
        """A figure that is shown again, as an animation is, takes the place of its picture."""
        if self._path is None:
            folder = os.environ.get("OUTPUT_DIR", ".")
            number = 1
            while os.path.exists(path := os.path.join(folder, f"figure-{number}.png")):
                number += 1
            self._path = path
        self.canvas.figure.savefig(self._path)

    @classmethod
    def pyplot_show(cls, *, block=None):
        for manager in Gcf.get_all_fig_managers():
            manager._save()
        # Windows would have been closed by now: what is drawn next is a figure of its own.
        if block is not False:
            Gcf.destroy_all()


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager
