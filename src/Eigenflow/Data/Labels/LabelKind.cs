namespace Eigenflow.Data;

/// <summary>What a column of labels holds.</summary>
public enum LabelKind
{
    /// <summary>Numbers where the first label is one, otherwise classes.</summary>
    Automatic,

    /// <summary>Numbers, used as they are.</summary>
    Numbers,

    /// <summary>Classes, each different text or number one of them.</summary>
    Classes,
}
