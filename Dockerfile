# The portal for a deployment; compose.yaml starts it with database and search engine.
FROM python:3.11.14-slim-bookworm

ENV DJANGO_SETTINGS_MODULE=portal.settings.production \
    PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1 \
    VAR_DIR=/srv/var

WORKDIR /srv/portal
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
RUN python scripts/messages.py compile \
    && useradd --system --no-create-home portal \
    && install --directory --owner=portal --mode=0750 /srv/var

USER portal
EXPOSE 8000
# One process: limits of tries are counted in it. More need THROTTLE_CACHE_URL, a cache that they share.
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "8", "--no-control-socket"]
