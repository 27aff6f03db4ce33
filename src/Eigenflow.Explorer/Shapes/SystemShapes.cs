namespace Eigenflow.Explorer.Shapes;

/// <summary>A refusal, or an error: what was wrong, what is allowed, what to do; errors are there where several values are not allowed.</summary>
internal sealed record RefusalShape(string Error, string? Parameter = null, RefusedValueShape[]? Errors = null);

/// <summary>What is wrong with one value.</summary>
internal sealed record RefusedValueShape(string Parameter, string Error);

/// <summary>What the server does at the moment; memory in bytes.</summary>
internal sealed record StatusShape(string Version, int Running, int Waiting, long Memory, long MemoryLimit, bool HasFolder);

/// <summary>A system in the gallery.</summary>
internal sealed record SystemEntryShape(string Id, string Title, string Family, string Question, string Summary, string Paper);

/// <summary>All tables of a system.</summary>
internal sealed record SystemShape(
    string Id, string Title, string Family, string Question, string Summary, string Paper, ParameterShape[] Parameters, MethodShape[] Methods, QuantityShape[] Observables, QuantityShape[] Events,
    QuantityShape[] Predictions, string[] LearningCurves, CitationShape[] Citations);

/// <summary>A parameter: how it is read, and what a slider of it covers. Kinds: number, integer, choice, list, text.</summary>
internal sealed record ParameterShape(
    string Name, string Symbol, string Kind, string Help, string Unit, string Allowed, bool IsOfProblem, string? Default = null, double? Minimum = null, double? Maximum = null, bool MinimumIsOpen = false,
    bool MaximumIsOpen = false, SliderShape? Slider = null, string[]? Choices = null, string[]? Forms = null, string[]? Examples = null, OnlyWithShape? OnlyWith = null);

/// <summary>Where a slider goes; on a logarithmic one the step is in decades.</summary>
internal sealed record SliderShape(double From, double To, bool IsLogarithmic, bool HasZero, bool IsWhole, double Step);

/// <summary>What must be chosen for a parameter to mean anything.</summary>
internal sealed record OnlyWithShape(string Parameter, string Value);

/// <summary>A method. Roles: theory, approximation, simulation, ensemble.</summary>
internal sealed record MethodShape(string Name, string Summary, string Role, string[]? Parameters = null);

/// <summary>An observable, an event or a prediction.</summary>
internal sealed record QuantityShape(string Name, string Words, string Symbol, string Meaning);

/// <summary>A paper.</summary>
internal sealed record CitationShape(string Identifier, string Title, string BibTeX);
