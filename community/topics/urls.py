"""Addresses of the forum."""

from django.urls import path

from community.topics.views import ask, drafts, feeds, lists, moderation, standing, suggestions, topic, writing

app_name = "topics"
feed = feeds.TopicFeed()

urlpatterns = [
    path("questions/", lists.all_topics, name="list"),
    path("questions/<slug:tab>/", lists.all_topics, name="list"),
    path("questions/<slug:tab>/feed/", feed, name="list_feed"),
    path("s/", lists.sections, name="sections"),
    path("s/<slug:slug>/", lists.section, name="section"),
    path("s/<slug:slug>/<slug:tab>/", lists.section, name="section"),
    path("s/<slug:section>/<slug:tab>/feed/", feed, name="section_feed"),
    path("tags/", lists.tags, name="tags"),
    path("tags/<str:slug>/", lists.tag, name="tag"),
    path("tags/<str:slug>/<slug:tab>/", lists.tag, name="tag"),
    path("tags/<str:tag>/<slug:tab>/feed/", feed, name="tag_feed"),
    path("members/<str:username>/feed/", feed, name="member_feed"),
    path("ask/", ask.ask, name="ask"),
    path("ask/details/", ask.ask_details, name="ask_details"),
    path("t/<int:pk>/", topic.topic, name="topic"),
    path("t/<int:pk>/answer/", writing.answer, name="answer"),
    path("t/<int:pk>/answer/guest/", writing.guest_answer, name="guest_answer"),
    path("t/<int:pk>/same-problem/", standing.same_problem, name="same_problem"),
    path("t/<int:pk>/same-problem/guest/", standing.guest_same_problem, name="guest_same_problem"),
    path("t/<int:pk>/follow/", standing.follow, name="follow"),
    path("t/<int:pk>/solve/", standing.solve, name="solve"),
    path("t/<int:pk>/reopen/", standing.reopen, name="reopen"),
    path("t/<int:pk>/move/", moderation.move, name="move"),
    path("t/<int:pk>/close/", moderation.close, name="close"),
    path("t/<int:pk>/merge/", moderation.merge, name="merge"),
    path("t/<int:pk>/unmerge/", moderation.unmerge, name="unmerge"),
    path("t/<int:pk>/merge-reply/", moderation.merge_reply, name="merge_reply"),
    path("t/<int:pk>/<str:slug>/", topic.topic, name="topic"),
    path("p/<int:pk>/", topic.post, name="post"),
    path("p/<int:pk>/comment/", writing.comment, name="comment"),
    path("p/<int:pk>/vote/", standing.vote, name="vote"),
    path("p/<int:pk>/accept/", standing.accept, name="accept"),
    path("p/<int:pk>/unaccept/", standing.unaccept, name="unaccept"),
    path("p/<int:pk>/edit/", writing.edit, name="edit"),
    path("p/<int:pk>/suggest/", suggestions.suggest, name="suggest"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<int:pk>/", suggestions.decide, name="decide_suggestion"),
    path("p/<int:pk>/delete/", writing.delete, name="delete"),
    path("p/<int:pk>/restore/", writing.restore, name="restore"),
    path("p/<int:pk>/revisions/", topic.revisions, name="revisions"),
    path("me/deleted/", writing.deleted, name="deleted"),
    path("drafts/<str:key>/", drafts.draft, name="draft"),
    path("uploads/", drafts.upload, name="upload"),
    path("preview/", writing.preview, name="preview"),
]
