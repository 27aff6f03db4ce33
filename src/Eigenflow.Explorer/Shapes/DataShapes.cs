namespace Eigenflow.Explorer.Shapes;

/// <summary>A file that was handed over: what it holds, and what it can be used as (loss-curve, table, samples, eigenvalues, covariance). The reference stands in a setting in its place.</summary>
internal sealed record DataFileShape(
    string Id, string Name, long Bytes, string Reference, long Rows, DataColumnShape[] Columns, string[][] Preview, string[] Uses, string[] Notes, string? Use = null, string? Step = null, string? Loss = null,
    string? Rate = null);

/// <summary>A column of a file.</summary>
internal sealed record DataColumnShape(string Name, bool IsNumeric);

/// <summary>A table as it is printed.</summary>
internal sealed record TableShape(string Id, string Title, string[] Columns, string[][] Rows);

/// <summary>A fit: figure, tables, sentences, and the command line that gives the same.</summary>
internal sealed record DataFitShape(FigureShape Figure, TableShape[] Tables, string[] Sentences, string Command);

/// <summary>Steps and learning rates, straight lines between them.</summary>
internal sealed record NodesShape(double[] Steps, double[] Rates);

/// <summary>A fit of loss curves under schedules, with the schedule that was measured and the best one where it was asked for.</summary>
internal sealed record ScheduleFitShape(FigureShape Figure, TableShape[] Tables, string[] Sentences, string Command, long Steps, double Peak, long WarmUp, NodesShape Measured, ProposalShape? Proposal = null);

/// <summary>The best schedule.</summary>
internal sealed record ProposalShape(string Sentence, string[] Comparisons, NodesShape Nodes, double? Loss = null, double? Lower = null, double? Upper = null);

/// <summary>The loss under a schedule.</summary>
internal sealed record ForecastShape(FigureShape Figure, NodesShape Nodes, string Sentence, string Command, double? Loss = null, double? Lower = null, double? Upper = null);

/// <summary>The spectrum of a file; what was saved can be used in the systems.</summary>
internal sealed record SpectrumShape(
    FigureShape Figure, TableShape[] Tables, string[] Sentences, string Command, string Verdict, string Kind, KeptFileShape Saved, string Next, double? Exponent = null, double? Uncertainty = null,
    double[]? Window = null, KeptFileShape? Corrected = null);

/// <summary>A file that was made of another.</summary>
internal sealed record KeptFileShape(string Id, string Name, string Reference);

/// <summary>A system that takes a spectrum of a file, with the method of its learning curve.</summary>
internal sealed record SpectrumSystemShape(string Id, string Title, string Method);

/// <summary>The learning curve that a spectrum implies.</summary>
internal sealed record LearningCurveShape(string System, string Title, string Method, FigureShape Figure, string[] Warnings, string Command);
