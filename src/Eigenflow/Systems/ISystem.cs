using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>
/// A solvable learning model, as hosts see it: everything a command line, study file, table or page needs, with no code per system.
/// </summary>
public interface ISystem
{
    /// <summary>Identifier that users type, such as <c>phase-retrieval</c>.</summary>
    string Id { get; }

    /// <summary>Title, a few words.</summary>
    string Title { get; }

    /// <summary>The family of systems among which lists show it, a few words.</summary>
    string Family { get; }

    /// <summary>The question that it answers, in one line of at most 110 characters.</summary>
    string Question { get; }

    /// <summary>What is modelled and which question it answers: a few sentences.</summary>
    string Summary { get; }

    /// <summary>The papers it rests on, the main one first.</summary>
    IReadOnlyList<Citation> Citations { get; }

    /// <summary>The parameters of the problem, which every method reads, in the order of help texts.</summary>
    IReadOnlyList<Parameter> ProblemParameters { get; }

    /// <summary>Every parameter: those of the problem, then those of the methods, in the order of help texts.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The methods; the first is the default.</summary>
    IReadOnlyList<MethodInfo> Methods { get; }

    /// <summary>The observables of its solutions.</summary>
    IReadOnlyList<NamedQuantity> Observables { get; }

    /// <summary>The events that its solutions locate.</summary>
    IReadOnlyList<NamedQuantity> Events { get; }

    /// <summary>The predictions that <see cref="Predict"/> can give (it leaves out those that do not exist for a setting).</summary>
    IReadOnlyList<PredictedQuantity> Predictions { get; }

    /// <summary>The parts of reproducing its paper: figures and groups of claims.</summary>
    IReadOnlyList<ReproductionTask> Reproduction { get; }

    /// <summary>Figures and groups of claims on what the paper leaves open; none by default. Identifiers differ from those of <see cref="Reproduction"/>.</summary>
    IReadOnlyList<ReproductionTask> Beyond => [];

    /// <summary>
    /// Checks a setting for a method and completes it with defaults: the result is canonical, so that equal requests
    /// have equal settings. Done once per request. Does no work beyond reading input files.
    /// </summary>
    /// <param name="method">Name of a method, or null for the problem alone.</param>
    /// <param name="setting">What the user set.</param>
    /// <exception cref="EigenflowException">A name or a value that is not allowed.</exception>
    CompletedSetting Complete(string? method, Setting setting);

    /// <summary>Solves.</summary>
    /// <param name="setting">A setting that this system completed for a method.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="checkpoint">Where methods that may run for hours keep their state; null keeps none. Other methods ignore it.</param>
    /// <param name="cancellation">Ends the solve early with the trajectory up to there.</param>
    /// <exception cref="EigenflowException">A combination that is not allowed.</exception>
    Solution Solve(CompletedSetting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default);

    /// <summary>The numbers of the theory alone.</summary>
    /// <param name="setting">A setting that this system completed for the problem alone, or what <see cref="PredictedFor"/> gives.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">A combination that is not allowed.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    IReadOnlyList<Prediction> Predict(CompletedSetting setting, CancellationToken cancellation = default);

    /// <summary>The setting whose predictions are those of the curve of a run: that of its problem, which all methods share, or its own, where the method stands for another limit than the rest.</summary>
    /// <param name="run">The completed setting of the run.</param>
    /// <param name="problem">What was given, completed for the problem alone.</param>
    CompletedSetting PredictedFor(CompletedSetting run, CompletedSetting problem) => problem;

    /// <summary>The figure in which solutions of this system are overlaid.</summary>
    /// <param name="solutions">One or more solutions of this system, of any methods and settings.</param>
    Figure Draw(IReadOnlyList<Solution> solutions);

    /// <summary>Tables that compare solutions with each other, where this system has something to say about them; none by default.</summary>
    /// <param name="solutions">One or more solutions of this system, of any methods and settings.</param>
    IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => [];

    /// <summary>What a default silently puts in place of what was asked for, as a sentence without a full stop, or null. A list of runs may not mix it with runs without it.</summary>
    /// <param name="setting">A completed setting.</param>
    string? Substitution(CompletedSetting setting) => null;

    /// <summary>Whether the default that may be substituted is the one of a setting, so that <see cref="Substitution"/> speaks of it.</summary>
    /// <param name="setting">A completed setting.</param>
    bool AllowsSubstitution(CompletedSetting setting) => false;

    /// <summary>The parameter whose value stands for what <see cref="Substitution"/> puts in place, as it is typed, so that all settings of a list can be solved alike; null where there is none.</summary>
    (string Parameter, string Value)? Substitute => null;

    /// <summary>What the user should know of how a setting was read, whichever method solves it: a sentence each, without a full stop; with <see cref="Substitution"/>.</summary>
    /// <param name="setting">A completed setting.</param>
    IEnumerable<string> Notes(CompletedSetting setting) => Substitution(setting) is { } substitution ? [substitution] : [];

    /// <summary>Numbers that describe what the user gave, such as the rows of a file, whichever method solves it.</summary>
    /// <param name="setting">A completed setting.</param>
    IReadOnlyList<SummaryNumber> Numbers(CompletedSetting setting) => [];

    /// <summary>Names of the methods whose trajectories are the learning curves that go with the predictions, in milliseconds; empty where there are none.</summary>
    IReadOnlyList<string> LearningCurves => [];

    /// <summary>Whether predictions read a parameter, so that a value of it asks nothing of a learning curve: those of the problem.</summary>
    /// <param name="name">Its name.</param>
    bool IsOfPredictions(string name) => IsOfProblem(name);

    /// <summary>Whether a learning curve takes longer than predictions may, so that it is solved only where it is asked for: by a value of its own, or for a picture.</summary>
    /// <param name="run">The setting of the curve.</param>
    bool IsLongCurve(CompletedSetting run) => false;

    /// <summary>The figure of learning curves with what is predicted of them marked: times, slopes and levels as <see cref="PredictedQuantity.Mark"/> says.</summary>
    /// <param name="curves">One or more solutions of this system, each with the predictions of its setting.</param>
    Figure DrawPredicted(IReadOnlyList<PredictedCurve> curves) => Draw([.. curves.Select(curve => curve.Solution)]);

    /// <summary>What a learning curve shows of the predictions that are marked on it: times of events, slopes, levels. Those of which it shows nothing are left out.</summary>
    /// <param name="curve">A solution of this system with the predictions of its setting.</param>
    IReadOnlyList<MeasuredPrediction> Measure(PredictedCurve curve) => [];

    /// <summary>What solutions are spoken of by, in sentences about their figure; null where nothing is said of them.</summary>
    /// <param name="solutions">One or more solutions of this system.</param>
    DrawnSubject? Subject(IReadOnlyList<Solution> solutions) => null;

    /// <summary>The method of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ParameterException">No such method.</exception>
    sealed MethodInfo Method(string name) =>
        Methods.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal))
        ?? throw new ParameterException("method", name, "one of " + string.Join(", ", Methods.Select(method => method.Name)), Suggestion.For(name, Methods.Select(method => method.Name)));

    /// <summary>The parameter of a name, or null.</summary>
    /// <param name="name">The name.</param>
    sealed Parameter? Parameter(string name) => Parameters.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));

    /// <summary>Whether a parameter belongs to the problem, so that every method reads it.</summary>
    /// <param name="name">Its name.</param>
    sealed bool IsOfProblem(string name) => ProblemParameters.Any(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));

    /// <summary>Whether a method reads a parameter.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">Name of the parameter.</param>
    sealed bool IsRead(MethodInfo method, string name) => IsOfProblem(name) || method.Reads(name);
}
