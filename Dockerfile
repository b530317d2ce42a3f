# Cairn for a real workspace: docker build -t cairn . && docker run --init --env-file .env -v cairn:/data cairn
FROM python:3.13-slim

RUN useradd --system --uid 10001 --no-create-home cairn && install -d -o cairn /data /app
WORKDIR /app

COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt

COPY manifest.yml ./
COPY domain domain
COPY views views
COPY storage storage
COPY operations operations
COPY handlers handlers
COPY scheduler scheduler
COPY bot bot

USER cairn
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATABASE_URL=sqlite:////data/cairn.db HOST=0.0.0.0 PORT=3000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=30s --interval=30s --timeout=5s CMD ["python", "-c", \
  "import os, urllib.request as ask; ask.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
