using Eigenflow.Data;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>What the machine does to a run is never the run's own failure.</summary>
public sealed class TroubleTests : IDisposable
{
    private const int Count = 5;
    private readonly TemporaryFolder folder = new();

    public static TheoryData<Exception> Disks =>
    [
        new IOException("No space left on device"),
        new UnauthorizedAccessException("Access to the path is denied"),
        new AggregateException(new IOException("No space left on device")),
        new AggregateException(new OperationCanceledException(), new ParameterException("rate", 1, "another number"), new AggregateException(new InputFileException("state", "No space left on device", "room") { IsOutput = true })),
    ];

    public static TheoryData<Exception> Memories =>
    [
        new TooLargeException("a state", 8e9, 4e9, "use another machine"),
        new InsufficientMemoryException("no room"),
        new AggregateException(new AggregateException(new TooLargeException("a state", 8e9, 4e9, "use another machine"))),
    ];

    [Theory]
    [MemberData(nameof(Disks))]
    public void ADiskEndsTheSweepAndIsRecordedNowhere(Exception exception)
    {
        var error = Should.Throw<InputFileException>(() => Sweep(new TinySystem { Before = setting => Throw(setting, exception) }));
        error.Message.ShouldNotContain("One or more errors");
        error.IsOutput.ShouldBeTrue();
        Directory.Exists(folder.Path("out/failed")).ShouldBeFalse();
        var outcome = Sweep(new TinySystem());
        (outcome.IsComplete, outcome.Kept, outcome.Computed).ShouldBe((true, 2, 3));
    }

    [Fact]
    public void ADiskEndsTheRunsBesideItToo()
    {
        using var begun = new CountdownEvent(2);
        var system = new TinySystem
        {
            Before = setting =>
            {
                begun.Signal();
                begun.Wait(TestContext.Current.CancellationToken);
                if ((long)setting["seed"]! == 1)
                    throw new IOException("No space left on device");
            },
            IsPatient = true,
        };
        Should.Throw<InputFileException>(() => new SweepRunner { Study = TinySystem.Study(system, 2), Folder = folder.Path("out"), Workers = 2 }.Run()).Message.ShouldContain("No space left");
        Directory.Exists(folder.Path("out/runs")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void AMemoryIsToldAndTriedAgain(Exception exception)
    {
        var study = TinySystem.Study(new TinySystem { Before = setting => Throw(setting, exception) }, Count);
        var outcome = Sweep(study);
        (outcome.Computed, outcome.IsComplete).ShouldBe((Count - 1, false));
        outcome.Failures.ShouldHaveSingleItem().Error.ShouldNotContain("One or more errors");
        var survey = StudySurvey.Of(study, folder.Path("out"), Shard.Whole)[2];
        (survey.Word, survey.IsRetried).ShouldBe(("failed", true));
        Sweep(new TinySystem()).IsComplete.ShouldBeTrue("another machine has more");
        Directory.Exists(folder.Path("out/failed")).ShouldBeFalse();
    }

    [Fact]
    public void ARecordOfAnEarlierVersionIsTriedAgain()
    {
        var run = TinySystem.Study(new TinySystem(), Count).Runs[2];
        Directory.CreateDirectory(folder.Path("out/failed"));
        folder.Write($"out/failed/{run.Id}.json", $$"""{"id":"{{run.Id}}","error":"One or more errors occurred. (No space left on device)"}""");
        Sweep(new TinySystem()).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void AnOwnerWhoseClaimsWereTakenOverFinishesAllTheSame()
    {
        // The first one counts as ended for the second, which computes everything while the first is busy with a run.
        SweepOutcome? other = null;
        var system = new TinySystem
        {
            Before = setting =>
            {
                if ((long)setting["seed"]! == 2)
                    other ??= Sweep(new TinySystem());
            },
        };
        var outcome = new SweepRunner { Study = TinySystem.Study(system, Count), Folder = folder.Path("out"), Workers = 1, Identity = ProcessIdentity.Current with { Number = int.MaxValue } }.Run();
        (other!.IsComplete, other.Computed).ShouldBe((true, Count - 1));
        (outcome.IsComplete, outcome.Failures.Count).ShouldBe((true, 0));
        Directory.Exists(folder.Path("out/failed")).ShouldBeFalse();
        Directory.Exists(folder.Path("out/work")).ShouldBeFalse();
        Sweep(new TinySystem()).Kept.ShouldBe(Count);
    }

    [Fact]
    public void AnOwnerThatWasTakenForDeadFinishesAllTheSame()
    {
        // What the one who takes over removes: claims, unfinished files and saved states.
        var system = new TinySystem { Before = _ => Directory.Delete(folder.Path("out/work"), recursive: true) };
        Sweep(system).IsComplete.ShouldBeTrue();
        var store = new FileCheckpointStore(folder.Path("states/run/0"), TimeSpan.Zero);
        store.Save("replica-0", new byte[] { 1 });
        Directory.Delete(folder.Path("states"), recursive: true);
        store.Save("replica-0", new byte[] { 2 });
        store.Load("replica-0").ShouldBe([2]);
    }

    [Fact]
    public void AFolderThatIsDeletedMeanwhileIsNoSuccess()
    {
        var system = new TinySystem { Before = setting => { if ((long)setting["seed"]! == 4) Directory.Delete(folder.Path("out"), recursive: true); } };
        Should.Throw<InputFileException>(() => Sweep(system)).Message.ShouldContain("3 of its 5 runs were finished and are no longer there");
        var outcome = Sweep(new TinySystem());
        (outcome.IsComplete, outcome.Kept, outcome.Computed).ShouldBe((true, 2, 3));
    }

    [Fact]
    public void EveryFileAndFolderIsFlushedIntoItsFolderBeforeAnythingRestsOnIt()
    {
        var files = new FaultyFiles(0, FaultKind.KilledBefore);
        FileContext.Current = new FileContext(files, ProcessIdentity.Current);
        try
        {
            Sweep(new TinySystem()).IsComplete.ShouldBeTrue();
            AtomicFile.WriteText(folder.Path("new/deep/table.csv"), "a\n");
        }
        finally
        {
            FileContext.Current = null!;
        }

        var steps = files.Steps;
        var placed = 0;
        for (var step = 0; step < steps.Count; step++)
        {
            var words = steps[step].Split(' ');

            // Claims and timings only save work.
            if (words[0] == "folder" && Path.GetFileName(words[1]) is not ("work" or "log"))
                steps[step + 1].ShouldBe("flush " + Path.GetDirectoryName(words[1]));
            if (words[0] != "move" || words[2].Split(Path.DirectorySeparatorChar).Contains("work", StringComparer.Ordinal))
                continue;
            steps.Take(step).ShouldContain("write " + words[1]);
            steps[step + 1].ShouldBe("flush " + Path.GetDirectoryName(words[2]));
            placed++;
        }

        placed.ShouldBe(Count + 3, "runs, study, its identity and table");
        steps.ShouldContain("folder " + folder.Path("new/deep"));
    }

    [Fact]
    public void WhatAKilledWriterLeftIsRemovedByTheNextOne()
    {
        var dead = new FileContext(DiskFiles.Instance, ProcessIdentity.Current with { Number = int.MaxValue });
        var left = folder.Write(Path.GetFileName(dead.Temporary("")), "half a fi");
        var living = folder.Write(Path.GetFileName(FileContext.Current.Temporary("")), "half a fi");
        var foreign = folder.Write(".mine.tmp", "not of this product");
        AtomicFile.WriteText(folder.Path("table.csv"), "a\n");
        (File.Exists(left), File.Exists(living), File.Exists(foreign)).ShouldBe((false, true, true));
    }

    public void Dispose() => folder.Dispose();

    private static void Throw(Setting setting, Exception exception)
    {
        if ((long)setting["seed"]! == 3)
            throw exception;
    }

    private SweepOutcome Sweep(TinySystem system) => Sweep(TinySystem.Study(system, Count));

    private SweepOutcome Sweep(Study study) => new SweepRunner { Study = study, Folder = folder.Path("out"), Workers = 1 }.Run();
}
